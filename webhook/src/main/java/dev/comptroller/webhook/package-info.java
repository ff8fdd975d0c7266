/** The validating webhook: the process that answers AdmissionReviews over HTTPS. */
@NullMarked
package dev.comptroller.webhook;

import org.jspecify.annotations.NullMarked;
