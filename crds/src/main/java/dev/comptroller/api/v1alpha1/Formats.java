package dev.comptroller.api.v1alpha1;

/**
 * The regular expressions that text fields follow. The API server applies them, so whatever it
 * stores can be parsed.
 */
public final class Formats {
  /** A DNS label, such as a namespace. */
  public static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  /** A DNS subdomain, the form of most object names. */
  public static final String DNS_SUBDOMAIN =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  /** A value that is fit for a label. */
  public static final String LABEL_VALUE = "^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";

  /** The name of a person or organization: an account, an e-mail address, a short name. */
  public static final String PARTY = "^[A-Za-z0-9]([-A-Za-z0-9_.@+]*[A-Za-z0-9])?$";

  /** The name of a model, which may have an organization before a slash. */
  public static final String MODEL_NAME = "^[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?$";

  /** A version of a model. */
  public static final String MODEL_VERSION = "^[A-Za-z0-9]([-A-Za-z0-9_.+]*[A-Za-z0-9])?$";

  /** A SHA-256 digest. */
  public static final String DIGEST = "^sha256:[0-9a-f]{64}$";

  /** A git commit, full length. */
  public static final String COMMIT = "^[0-9a-f]{40}([0-9a-f]{24})?$";

  /** An absolute URI. */
  public static final String URI = "^[a-z][a-z0-9+.-]*://[^\\s]+$";

  /** A kind whose plan can be approved. */
  public static final String APPROVED_KIND =
      "^(TrainingRun|ModelDeployment|Pod|Job|CronJob|Deployment|ReplicaSet|StatefulSet|DaemonSet)$";

  /** An amount of GPU-hours; fits a double without loss, and a thousandth of a second in a long. */
  public static final String GPU_HOURS = "^[0-9]{1,12}(\\.[0-9]{1,3})?$";

  /** A decimal number above or equal to zero, with an optional power of ten. */
  public static final String DECIMAL = "^[0-9]{1,18}(\\.[0-9]{1,9})?([eE]\\+?[0-9]{1,2})?$";

  /** A weight: a decimal, or a fraction of two whole numbers. */
  public static final String WEIGHT =
      "^([0-9]{1,6}(\\.[0-9]{1,9})?|[1-9][0-9]{0,5}/[1-9][0-9]{0,5})$";

  /** A duration above zero in one unit: milliseconds, seconds, minutes, hours or days. */
  public static final String DURATION = "^[1-9][0-9]{0,5}(ms|s|m|h|d)$";

  /** A Kubernetes quantity above or equal to zero, short enough to calculate with. */
  public static final String QUANTITY =
      "^[0-9]{1,15}(\\.[0-9]{1,9})?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$";

  /** A resource name with a domain, the form of all accelerator resources. */
  public static final String RESOURCE_NAME =
      "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";

  /** A UTC time in whole seconds. */
  public static final String TIME =
      "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
          + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$";

  /** The UID of an object. */
  public static final String UID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

  /** An absolute path without empty, {@code .} or {@code ..} segments and without a last slash. */
  public static final String MOUNT_PATH = "^(/\\.?[^/:.\\s][^/:\\s]*)+$";

  /** A path below a root, without blanks. */
  public static final String RELATIVE_PATH = "^[^/\\s][^\\s]*$";

  /** The path of an HTTP request. */
  public static final String HTTP_PATH = "^/[^\\s]*$";

  /** The name of a container port. */
  public static final String PORT_NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  private Formats() {}
}
