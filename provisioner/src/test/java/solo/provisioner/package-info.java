/** The reconcilers against the simulated API server and the model driver. Each test's name is a rule. */
@org.jspecify.annotations.NullMarked
package solo.provisioner;
