package dev.comptroller.cli.output;

import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.signature.SignatureVerdict;
import dev.comptroller.core.signature.Signer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who signed which objects.
 *
 * @param objects one entry an object, in the order of the file
 */
public record VerificationReport(List<Verification> objects) implements Report {

  /**
   * What became of one object's signatures.
   *
   * @param digest digest of the object's normal form, which a signature binds
   * @param signers everyone whose signature counts
   * @param findings why there are too few of them
   */
  public record Verification(
      ObjectReport object,
      String digest,
      boolean verified,
      List<Signer> signers,
      List<FindingReport> findings) {

    /** The report of a verdict. */
    public static Verification of(
        KubernetesObject object, String digest, SignatureVerdict verdict) {
      return new Verification(
          ObjectReport.of(object.key()),
          digest,
          verdict.met(),
          verdict.signers(),
          FindingReport.of(verdict.findings()));
    }

    private String text() {
      String head = object + ": " + (verified ? "verified" : "not verified") + ", " + digest + "\n";
      return head
          + signers.stream().map(Verification::line).collect(Collectors.joining())
          + findings.stream()
              .map(finding -> "  " + finding.message() + "\n")
              .collect(Collectors.joining());
    }

    private static String line(Signer signer) {
      return "  signed by "
          + signer.person()
          + (signer.organization().isEmpty() ? "" : " of " + signer.organization())
          + " (key "
          + signer.keyName()
          + ", authority "
          + signer.authority()
          + ")\n";
    }
  }

  /** Whether every object is signed as required. */
  public boolean verified() {
    return objects.stream().allMatch(Verification::verified);
  }

  @Override
  public String text() {
    return objects.stream().map(Verification::text).collect(Collectors.joining());
  }
}
