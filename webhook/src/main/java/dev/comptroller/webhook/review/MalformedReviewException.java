package dev.comptroller.webhook.review;

/** A body that is no AdmissionReview v1. The message is safe to send back: it quotes no content. */
public final class MalformedReviewException extends Exception {

  public MalformedReviewException(String message) {
    super(message);
  }
}
