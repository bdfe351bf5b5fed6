/** The flags, grouped as {@code --help} shows them; names and defaults are those of the Go sidecars where they exist. */
@org.jspecify.annotations.NullMarked
package solo.app.options;
