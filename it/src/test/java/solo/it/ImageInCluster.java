package solo.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import solo.it.image.SoloImage;
import solo.it.up.Checkout;
import solo.it.up.Terminal;

/** The image of this build, made once for all tests that run it. */
final class ImageInCluster {

    private static @Nullable SoloImage built;

    private ImageInCluster() {}

    static synchronized SoloImage load(Bench bench) {
        try {
            Path checkout = Checkout.folder();
            SoloImage image = built;
            if (image == null) {
                image = SoloImage.build(
                        SoloImage.Plan.standard(checkout), checkout.resolve("target/image"), Terminal.standard());
                System.out.printf(Locale.ROOT, "image size: %.1f MB, %s%n", image.size() / 1e6, image.digest());
                built = image;
            }
            bench.cluster().loadImage(image.archive());
            return image;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
