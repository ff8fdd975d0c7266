package dev.comptroller.webhook.tls;

import java.time.Instant;

/** Where the serving certificate comes from. */
public interface CertificateSource {

  /**
   * The pair to serve now; asked again and again, from one thread.
   *
   * @throws UnusableCertificateException if there is none, or it cannot be read
   */
  ServingPair current(Instant now) throws UnusableCertificateException;

  /** Whether the API server has been told to trust the pair, as far as that is our task. */
  boolean published();
}
