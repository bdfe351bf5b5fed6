/** {@code solo image}: the image of this build, made without a Docker daemon and without pulling anything. */
@org.jspecify.annotations.NullMarked
package solo.it.image;
