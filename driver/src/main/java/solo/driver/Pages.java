package solo.driver;

import java.util.List;
import solo.csi.CsiException;
import solo.driver.state.VolumeIds;

/**
 * Paging through a list that changes meanwhile. A token names the last entry that was given, and the next page starts
 * after it, whether that entry still exists or not: nothing that stays is left out or given twice.
 */
record Pages(String after, int size) {
    private static final String TOKEN = "after.";

    static Pages of(String startingToken, int maxEntries) throws CsiException {
        if (maxEntries < 0) {
            throw Refusals.invalid("max_entries cannot be negative: " + maxEntries);
        }
        int size = maxEntries == 0 ? Integer.MAX_VALUE : maxEntries;
        if (startingToken.isEmpty()) {
            return new Pages("", size);
        }
        String after = startingToken.startsWith(TOKEN) ? startingToken.substring(TOKEN.length()) : "";
        if (!VolumeIds.wellFormed(after)) {
            // CSI: ABORTED tells the caller to start again from the first page.
            throw Refusals.aborted("starting_token is not one of ours; start again without one");
        }
        return new Pages(after, size);
    }

    /** Those of the sorted ids that come after the token; as many as wanted are then taken from them. */
    List<String> rest(List<String> sortedIds) {
        return sortedIds.stream().filter(id -> id.compareTo(after) > 0).toList();
    }

    static String tokenAfter(String id) {
        return TOKEN + id;
    }
}
