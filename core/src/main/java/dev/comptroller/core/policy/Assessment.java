package dev.comptroller.core.policy;

import dev.comptroller.core.gpuhours.GpuHours;
import dev.comptroller.core.object.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What a review found out about a plan, whatever the verdict.
 *
 * @param planDigest digest of the normal form; absent where the object stands for no plan of its
 *     own
 * @param gpuHours the upper bound, where it was priced
 * @param tier name of the highest tier that the matching policies put it into
 * @param signedBy persons whose signatures count, sorted
 * @param approvedBy persons whose approvals count, sorted
 */
public record Assessment(
    Optional<Digest> planDigest,
    Optional<GpuHours> gpuHours,
    Optional<String> tier,
    List<String> signedBy,
    List<String> approvedBy) {

  /** Nothing was found out. */
  public static final Assessment NONE =
      new Assessment(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

  public Assessment {
    signedBy = List.copyOf(signedBy);
    approvedBy = List.copyOf(approvedBy);
  }
}
