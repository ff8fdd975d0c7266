package dev.comptroller.core.accelerator;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A slice of an NVIDIA GPU (Multi-Instance GPU), such as {@code 3g.40gb}: the larger of its part of
 * the compute slices and its part of the memory slices. Products have 7 and 8 of them, smaller ones
 * 4 and 4. How much memory a slice is depends on the product, so its name alone tells no part.
 *
 * @param computeSlices slices of compute
 * @param memoryGigabytes memory as its name says it, rounded
 */
record MigProfile(long computeSlices, long memoryGigabytes) {
  private static final Pattern NAME = Pattern.compile("([1-9])g\\.([0-9]{1,4})gb(?:[.+].*)?");
  private static final Pattern QUARTERED = Pattern.compile("A30|RTX-PRO-6000");
  private static final long MEBI_PER_GIBI = 1024;

  /** Reads the name of a profile, without {@code mig-}. */
  static Optional<MigProfile> parse(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new MigProfile(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** The part of a whole GPU of this product with so much memory; the latter is positive. */
  Weight share(String product, long gpuMebibytes) {
    boolean quartered = QUARTERED.matcher(product).find();
    long computeParts = quartered ? 4 : 7;
    long memoryParts = quartered ? 4 : 8;
    long doubled = 2 * memoryGigabytes * memoryParts * MEBI_PER_GIBI;
    long memorySlices = Math.max(1, (doubled + gpuMebibytes) / (2 * gpuMebibytes));
    return part(computeSlices, computeParts).max(part(memorySlices, memoryParts));
  }

  private static Weight part(long slices, long of) {
    return new Weight(BigInteger.valueOf(Math.min(slices, of)), BigInteger.valueOf(of));
  }
}
