package solo.attacher.rules;

import solo.attacher.model.AttachView;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.Decision;

/** The one door for a driver that attaches: deletion of the attachment means detach, anything else attach. */
public final class AttachmentRules {
    private AttachmentRules() {}

    public static Decision decide(AttachView view, AttachingDriver driver) {
        return view.attachment().meta().deleting()
                ? DetachRules.decide(view, driver)
                : AttachRules.decide(view, driver);
    }
}
