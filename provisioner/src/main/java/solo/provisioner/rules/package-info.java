/**
 * What external-provisioner decides, as pure functions: one file a question, read from
 * {@link solo.provisioner.rules.ProvisioningRules} and {@link solo.provisioner.rules.DeletionRules}.
 */
@org.jspecify.annotations.NullMarked
package solo.provisioner.rules;
