package dev.comptroller.webhook.server;

import java.security.cert.X509Certificate;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Which clients may ask for reviews.
 *
 * @param authorityPem the authority that signs their certificates
 * @param commonNames the common names let in; every name that the authority signed where empty
 */
public record ClientNames(String authorityPem, Set<String> commonNames) {

  public ClientNames {
    commonNames = Set.copyOf(commonNames);
  }

  boolean admits(@Nullable SSLSession session) {
    if (session == null) {
      return false;
    }
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          && (commonNames.isEmpty() || commonNames.contains(commonName(certificate)));
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }

  private static String commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(part -> String.valueOf(part.getValue()))
              .findFirst()
              .orElse("");
    } catch (InvalidNameException e) {
      return "";
    }
  }
}
