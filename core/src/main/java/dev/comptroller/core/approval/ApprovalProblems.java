package dev.comptroller.core.approval;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.signature.Keyring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with an approval by itself, when it is applied. */
public final class ApprovalProblems {

  private ApprovalProblems() {}

  /**
   * Every problem with its line: fields that cannot be read, another cluster, outside its time
   * ({@code ApprovalExpired}, harmless), not signed by anyone of these authorities. Whether it fits
   * a plan is for {@link Quorum}.
   *
   * @param authorities names of all authorities whose persons may approve in the namespace
   * @param clusterUid UID of the namespace kube-system
   */
  public static List<Finding> of(
      KubernetesObject approval,
      Keyring keyring,
      List<String> authorities,
      String clusterUid,
      Instant now) {
    ApprovalExaminer examiner = new ApprovalExaminer(keyring, authorities, clusterUid, now);
    List<Finding> problems = new ArrayList<>();
    try {
      examiner.outside(ApprovalTerms.read(approval)).ifPresent(problems::add);
    } catch (UnreadableApprovalException e) {
      problems.add(e.finding());
    }
    problems.addAll(examiner.signatures(approval).findings());
    return List.copyOf(problems);
  }
}
