package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A Secret of the same namespace that the pods may read. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretMount(String name, @Nullable String mountPath, @Nullable Access access) {
  /** How pods reach a Secret: as a volume, or through the API with a token of their own. */
  public enum Access {
    Mount,
    Api
  }
}
