/** The specification of provisioning, as tests: names are rules, tables are those of external-provisioner. */
@org.jspecify.annotations.NullMarked
package solo.provisioner.rules;
