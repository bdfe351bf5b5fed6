package solo.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;

/** The arrows of docs/architecture.md: which room may use which, and what pure code may know. */
@AnalyzeClasses(
        packages = "solo",
        importOptions = {ImportOption.DoNotIncludeTests.class, ModuleArrowsTest.WithoutSimulation.class})
class ModuleArrowsTest {

    /** The simulated world is test support, although it is a module of its own. */
    static final class WithoutSimulation implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("simulation");
        }
    }

    private static final List<String> CONTROLLERS =
            List.of("provisioner", "attacher", "resizer", "snapshotter", "healthmonitor");

    @ArchTest
    void controllers_never_import_each_other(JavaClasses all) {
        for (String one : CONTROLLERS) {
            String[] others = CONTROLLERS.stream()
                    .filter(other -> !other.equals(one))
                    .map(other -> "solo." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("solo." + one + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .allowEmptyShould(true)
                    .check(all);
        }
    }

    @ArchTest
    void kube_knows_nothing_of_csi(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage("solo.kube..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("solo.csi..", "csi.v1..", "io.grpc..")
                .check(all);
    }

    @ArchTest
    void csi_knows_nothing_of_kubernetes(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage("solo.csi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("solo.kube..", "io.fabric8..")
                .check(all);
    }

    @ArchTest
    void the_driver_and_the_kubelets_side_know_csi_only(JavaClasses all) {
        noClasses()
                .that()
                .resideInAnyPackage("solo.driver..", "solo.registrar..", "solo.livenessprobe..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("solo.kube..", "io.fabric8..", "solo.app..")
                .check(all);
    }

    @ArchTest
    void fabric8_stays_behind_the_ports(JavaClasses all) {
        noClasses()
                .that()
                .resideOutsideOfPackages("solo.kube.fabric8..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..")
                .check(all);
    }

    @ArchTest
    void rules_and_models_import_the_jdk_and_models_alone(JavaClasses all) {
        ArchRuleDefinition.classes()
                .that()
                .resideInAnyPackage("solo..model..", "solo..rules..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "solo..model..", "solo..rules..", "org.jspecify.annotations..")
                .check(all);
    }

    @ArchTest
    void generated_messages_stay_where_requests_are_built(JavaClasses all) {
        noClasses()
                .that()
                .resideInAPackage("solo..")
                .and()
                .resideOutsideOfPackages("solo.csi..", "solo.driver..", "solo.registrar..", "solo.*.csi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("csi.v1..")
                .check(all);
    }

    @ArchTest
    void rooms_have_no_cycles(JavaClasses all) {
        slices().matching("solo.(*)..").should().beFreeOfCycles().check(all);
    }
}
