/** Rules of the runtime, one sentence each; time is a {@code FakeClock}. */
@org.jspecify.annotations.NullMarked
package solo.kube;
