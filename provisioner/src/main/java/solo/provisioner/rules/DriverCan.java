package solo.provisioner.rules;

import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.PluginCapability;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.NotCapable;

/** Whether the driver is able to do what a claim asks for. */
final class DriverCan {
    private DriverCan() {}

    static Finding<DriverCapabilities> ask(ProvisioningView view) {
        return DataSourceChoice.ask(view).then(choice -> {
            DriverCapabilities can = view.options().capabilities();
            if (!can.has(PluginCapability.CONTROLLER_SERVICE)) {
                return lacks("CONTROLLER_SERVICE", "provisioning");
            }
            if (!can.has(ControllerCapability.CREATE_DELETE_VOLUME)) {
                return lacks("CREATE_DELETE_VOLUME", "provisioning");
            }
            if (choice instanceof DataSourceChoice.Choice.Snapshot
                    && !can.has(ControllerCapability.CREATE_DELETE_SNAPSHOT)) {
                return lacks("CREATE_DELETE_SNAPSHOT", "restoring a snapshot");
            }
            if (choice instanceof DataSourceChoice.Choice.Clone && !can.has(ControllerCapability.CLONE_VOLUME)) {
                return lacks("CLONE_VOLUME", "cloning a claim");
            }
            if (!AttributesClass.name(view).isEmpty() && !can.has(ControllerCapability.MODIFY_VOLUME)) {
                return lacks("MODIFY_VOLUME", "a VolumeAttributesClass");
            }
            return Finding.found(can);
        });
    }

    private static Finding<DriverCapabilities> lacks(String capability, String neededFor) {
        return Finding.refused(new NotCapable(capability, neededFor));
    }
}
