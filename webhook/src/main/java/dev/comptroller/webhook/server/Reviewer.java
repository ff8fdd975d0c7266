package dev.comptroller.webhook.server;

import dev.comptroller.core.governor.Review;
import dev.comptroller.core.policy.Assessment;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.webhook.review.AdmissionRequest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges one request such that there always is a decision: whatever goes wrong denies. */
final class Reviewer {
  private static final Logger LOG = LoggerFactory.getLogger(Reviewer.class);
  private static final int FRAMES = 12;

  private final Function<Review, Decision> judge;

  Reviewer(Function<Review, Decision> judge) {
    this.judge = judge;
  }

  Decision decide(AdmissionRequest request) {
    try {
      return judge.apply(request.review());
    } catch (RuntimeException | StackOverflowError e) {
      // The message may quote the object, so it is left out.
      LOG.error(
          "event=evaluation-failed uid={} exception={} at={}",
          request.uid(),
          e.getClass().getName(),
          Arrays.stream(e.getStackTrace())
              .limit(FRAMES)
              .map(StackTraceElement::toString)
              .collect(Collectors.joining(" < ")));
      return of(
          Decision.Outcome.DENIED,
          new Finding(
              ReasonCode.EvaluationFailed,
              "",
              "an error while judging",
              "a verdict",
              "ask the cluster administrator to look for uid="
                  + request.uid()
                  + " in the webhook's log"));
    }
  }

  /** What is answered when judging took longer than the API server waits. */
  static Decision tooLate(long milliseconds) {
    return of(
        Decision.Outcome.RETRY,
        new Finding(
            ReasonCode.NotReady,
            "",
            "no verdict after " + milliseconds + " ms",
            "a verdict within that time",
            "try again"));
  }

  /** One line for every request that does not go ahead; names only, no content. */
  static void log(AdmissionRequest request, Decision decision) {
    boolean goesAhead =
        decision.outcome() == Decision.Outcome.ALLOWED
            || decision.outcome() == Decision.Outcome.HELD;
    if (goesAhead) {
      return;
    }
    Review review = request.review();
    LOG.info(
        "event={} uid={} operation={} kind={} subresource={} namespace={} name={} user={} code={}",
        decision.outcome() == Decision.Outcome.RETRY ? "retry" : "denied",
        quoted(request.uid()),
        review.operation(),
        quoted(review.target().kind()),
        quoted(review.subresource()),
        quoted(review.target().namespace()),
        quoted(review.target().name()),
        quoted(review.requester().username()),
        decision.findings().stream()
            .map(finding -> finding.code().name())
            .distinct()
            .collect(Collectors.joining(",")));
  }

  /** Whatever a tenant puts into a name stays on its line, within its quotes. */
  private static String quoted(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\"\\\\]", "?");
    return '"' + (plain.length() <= 253 ? plain : plain.substring(0, 253)) + '"';
  }

  private static Decision of(Decision.Outcome outcome, Finding finding) {
    return new Decision(outcome, List.of(finding), List.of(), List.of(), Assessment.NONE);
  }
}
