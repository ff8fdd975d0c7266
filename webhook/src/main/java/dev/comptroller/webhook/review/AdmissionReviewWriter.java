package dev.comptroller.webhook.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes AdmissionReview v1 answers. Texts are bounded: the API server cuts warnings that are
 * longer than 256 characters once all of them exceed 4096, and keeps denials in events and
 * conditions.
 */
public final class AdmissionReviewWriter {
  private static final int WARNING_LENGTH = 256;
  private static final int WARNINGS = 15;
  private static final int MESSAGE_LENGTH = 4096;
  private static final int CAUSES = 32;
  private static final int AUDIT_LENGTH = 1024;
  private static final JsonMapper MAPPER = new JsonMapper();

  private AdmissionReviewWriter() {}

  /** The answer that carries this decision. */
  public static byte[] write(String uid, Decision decision) {
    ObjectNode review = MAPPER.createObjectNode();
    review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    ObjectNode response = review.putObject("response");
    response.put("uid", uid);
    switch (decision.outcome()) {
      case ALLOWED -> {
        response.put("allowed", true);
        warn(response, decision.warnings());
      }
      case HELD -> {
        response.put("allowed", true);
        warn(
            response,
            Stream.concat(decision.findings().stream(), decision.warnings().stream()).toList());
      }
      case DENIED -> {
        refuse(response, 403, "Forbidden", decision);
        warn(response, decision.warnings());
      }
      case RETRY -> refuse(response, 429, "TooManyRequests", decision).put("retryAfterSeconds", 1);
    }
    annotate(response.putObject("auditAnnotations"), decision);
    try {
      return MAPPER.writeValueAsBytes(review);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
    }
  }

  /** Puts the status, and returns its details. */
  private static ObjectNode refuse(
      ObjectNode response, int code, String reason, Decision decision) {
    response.put("allowed", false);
    ObjectNode status = response.putObject("status");
    status.put("code", code).put("reason", reason).put("message", message(decision));
    ObjectNode details = status.putObject("details");
    ArrayNode causes = details.putArray("causes");
    decision.findings().stream()
        .limit(CAUSES)
        .forEach(
            finding ->
                causes
                    .addObject()
                    .put("reason", finding.code().name())
                    .put("field", cut(finding.pointer(), AUDIT_LENGTH))
                    .put("message", finding.message()));
    return details;
  }

  private static String message(Decision decision) {
    return decision.findings().isEmpty()
        ? "no verdict is possible yet; try again"
        : cut(
            Stream.concat(decision.findings().stream().map(Finding::message), explanation(decision))
                .collect(Collectors.joining("\n")),
            MESSAGE_LENGTH);
  }

  private static Stream<String> explanation(Decision decision) {
    List<String> lines = decision.explanation();
    return lines.isEmpty()
        ? Stream.of()
        : Stream.concat(
            Stream.of("the GPU-hours are made of"), lines.stream().map(line -> "  " + line));
  }

  private static void warn(ObjectNode response, List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    ArrayNode warnings = response.putArray("warnings");
    findings.stream()
        .limit(WARNINGS)
        .forEach(finding -> warnings.add(cut(finding.message(), WARNING_LENGTH)));
    if (findings.size() > WARNINGS) {
      warnings.add("and " + (findings.size() - WARNINGS) + " more warnings");
    }
  }

  private static void annotate(ObjectNode annotations, Decision decision) {
    annotations.put("decision", decision.outcome().name());
    putCodes(annotations, "reason", decision.findings());
    putCodes(annotations, "warned", decision.warnings());
    putCodes(annotations, "audited", decision.audits());
    decision
        .assessment()
        .planDigest()
        .ifPresent(digest -> annotations.put("plan-digest", digest.value()));
    decision
        .assessment()
        .tier()
        .ifPresent(tier -> annotations.put("tier", cut(tier, AUDIT_LENGTH)));
  }

  private static void putCodes(ObjectNode annotations, String name, List<Finding> findings) {
    if (!findings.isEmpty()) {
      annotations.put(
          name,
          findings.stream()
              .map(finding -> finding.code().name())
              .distinct()
              .sorted()
              .collect(Collectors.joining(",")));
    }
  }

  /** Cuts at a number of code points, which is how the API server counts. */
  private static String cut(String text, int length) {
    if (text.codePointCount(0, text.length()) <= length) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, length - 3)) + "...";
  }
}
