package dev.comptroller.cli.output;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.comptroller.core.gpuhours.Explanation;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plans, what they cost and what they lack.
 *
 * @param plans one entry an object, in the order of the files
 */
public record PlanReport(List<Plan> plans) implements Report {

  /**
   * One plan.
   *
   * @param digest what is signed and approved
   * @param tier where the policies put it; absent where no policy is known
   * @param missing what stands between the plan and its start
   * @param explained whether the text shows the terms of the bound
   */
  public record Plan(
      ObjectReport object,
      @Nullable String digest,
      @Nullable GpuHoursReport gpuHours,
      @Nullable String tier,
      List<String> signedBy,
      List<String> approvedBy,
      List<FindingReport> missing,
      @JsonIgnore boolean explained,
      @JsonIgnore boolean judged) {

    /**
     * The report of a decision about a plan that is not yet in the cluster.
     *
     * @param judged whether the decision knew any policies
     * @param explained whether the text shows the terms of the bound
     */
    public static Plan of(ObjectKey key, Decision decision, boolean judged, boolean explained) {
      var assessment = decision.assessment();
      List<Finding> missing =
          judged
              ? Stream.of(decision.findings(), decision.warnings(), decision.audits())
                  .flatMap(List::stream)
                  .distinct()
                  .toList()
              : List.of();
      return new Plan(
          ObjectReport.of(key),
          assessment.planDigest().map(Object::toString).orElse(null),
          assessment.gpuHours().map(GpuHoursReport::of).orElse(null),
          assessment.tier().orElse(null),
          assessment.signedBy(),
          assessment.approvedBy(),
          FindingReport.of(missing),
          explained,
          judged);
    }

    private String text() {
      StringBuilder text = new StringBuilder(object.toString()).append('\n');
      line(text, "plan", digest == null ? "none" : digest);
      if (gpuHours != null) {
        line(text, "GPU-hours", gpuHours.summary());
        gpuHours.reasons().forEach(reason -> line(text, "", reason));
        if (explained) {
          Explanation.lines(gpuHours.terms()).forEach(term -> line(text, "", term));
        }
      }
      if (!judged) {
        line(text, "tier", "unknown without policies: give --view DIR or a kubeconfig");
        return text.toString();
      }
      line(text, "tier", tier == null ? "none" : tier);
      line(text, "signed by", persons(signedBy));
      line(text, "approved by", persons(approvedBy));
      line(text, "missing", missing.isEmpty() ? "nothing" : "");
      missing.forEach(finding -> text.append("    ").append(finding.message()).append('\n'));
      return text.toString();
    }

    private static void line(StringBuilder text, String label, String value) {
      text.append("  %-12s %s".formatted(label, value).stripTrailing()).append('\n');
    }

    private static String persons(List<String> persons) {
      return persons.isEmpty() ? "nobody" : String.join(", ", persons);
    }
  }

  @Override
  public String text() {
    return plans.stream().map(Plan::text).collect(Collectors.joining("\n"));
  }
}
