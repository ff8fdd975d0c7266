package dev.comptroller.webhook.tls;

/** A certificate and key that must not be served. The message quotes no key. */
public final class UnusableCertificateException extends Exception {

  public UnusableCertificateException(String message) {
    super(message);
  }

  public UnusableCertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
