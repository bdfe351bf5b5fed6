package solo.app.options;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import solo.kube.model.Quantity;

/** Bytes as Kubernetes writes them: nothing would mean as much as there is, so it must be said by leaving it out. */
final class PoolSize implements ITypeConverter<Long> {

    @Override
    public Long convert(String text) {
        Quantity size = Quantity.parse(text);
        if (size == null || size.amount().signum() <= 0) {
            throw new TypeConversionException("'" + text + "' is no size of a pool; write 500Gi or the like");
        }
        if (size.amount().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new TypeConversionException("'" + text + "' is larger than any disk; write 500Gi or the like");
        }
        return size.bytes();
    }
}
