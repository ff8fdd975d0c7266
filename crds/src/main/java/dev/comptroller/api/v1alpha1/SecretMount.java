package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A Secret of the same namespace that the pods may read. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.access) && self.access == 'Api' ? !has(self.mountPath) : has(self.mountPath)",
    message =
        "a Secret is mounted at mountPath, or read with access: Api and no mountPath: set one of them")
public record SecretMount(
    @JsonPropertyDescription("Name of the Secret.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Formats.DNS_SUBDOMAIN)
        String name,
    @JsonPropertyDescription("Absolute directory where the Secret's keys appear as files.")
        @Size(min = 1, max = 253)
        @Pattern(Formats.MOUNT_PATH)
        @Nullable String mountPath,
    @JsonPropertyDescription(
            "Mount (where absent): as a volume. Api: through the API, with a token mounted.")
        @Nullable Access access) {
  /** How pods reach a Secret: as a volume, or through the API with a token of their own. */
  public enum Access {
    Mount,
    Api
  }
}
