package dev.comptroller.core.policy;

import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.ObjectKey;
import java.util.regex.Pattern;

/** The commands that findings tell their readers to run. */
public final class NextStep {
  /** Signs a manifest. */
  public static final String SIGN = "kubectl-comptroller sign -f FILE --key PEM";

  /** Makes a pair of keys. */
  public static final String KEYGEN = "kubectl-comptroller keygen --to NAME";

  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:_-]*");

  private NextStep() {}

  /**
   * Approves a plan; whoever runs it is the approver.
   *
   * @param clusterUid UID of the namespace kube-system; empty where it is not known
   */
  public static String approve(
      ObjectKey subject, Digest planDigest, Amount amount, String clusterUid) {
    return "kubectl-comptroller approve --kind "
        + word(subject.kind())
        + " --name "
        + word(subject.name())
        + " --namespace "
        + word(subject.namespace())
        + " --plan-digest "
        + planDigest
        + " --gpu-hours "
        + amount.toGpuHours()
        + (clusterUid.isEmpty() ? " --this-cluster" : " --cluster " + word(clusterUid))
        + " --key PEM --reason WHY";
  }

  /** A tenant chose these values: none of them may end its word when pasted into a shell. */
  private static String word(String value) {
    return PLAIN_WORD.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
