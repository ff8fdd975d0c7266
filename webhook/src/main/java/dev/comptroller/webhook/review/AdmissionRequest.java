package dev.comptroller.webhook.review;

import dev.comptroller.core.governor.Review;

/**
 * One request of the API server.
 *
 * @param uid names this call, and has to come back in the answer
 * @param review what is to be judged
 */
public record AdmissionRequest(String uid, Review review) {}
