package solo.it.image;

/** A package of which there are files in the image; goes into the bill of materials. */
record DebianPackage(String name, String version, String architecture) {}
