package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many persons of these authorities must have signed. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SignatureRequirement(
    @JsonPropertyDescription("Names of authorities whose keys count.")
        @Required
        @Size(min = 1, max = 16)
        List<@Size(min = 1, max = 63) @Pattern(Formats.DNS_LABEL) String> authorities,
    @JsonPropertyDescription("How many different persons must have signed, 1 where absent.")
        @Min(1)
        @Max(16)
        @Nullable Integer signers) {
  public SignatureRequirement {
    authorities = authorities == null ? List.of() : List.copyOf(authorities);
  }
}
