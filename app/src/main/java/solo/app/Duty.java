package solo.app;

import java.util.EnumSet;
import java.util.Set;

/** What a process does against the API server. */
enum Duty {
    /** Makes and deletes volumes, and says how much room there is. */
    PROVISION,
    /** Takes and deletes snapshots, where the volumes are made. */
    SNAPSHOT,
    /** Attaches, grows and changes volumes, and gives snapshots their contents. */
    ATTACH_AND_RESIZE;

    /** With --node-deployment the nodes provision, each its own; everything else stays in one place. */
    static Set<Duty> of(Set<Role> roles, boolean nodeDeployment) {
        Set<Duty> duties = EnumSet.noneOf(Duty.class);
        if (roles.contains(Role.CONTROLLER)) {
            duties.add(ATTACH_AND_RESIZE);
        }
        if (roles.contains(nodeDeployment ? Role.NODE : Role.CONTROLLER)) {
            duties.add(PROVISION);
            duties.add(SNAPSHOT);
        }
        return duties;
    }
}
