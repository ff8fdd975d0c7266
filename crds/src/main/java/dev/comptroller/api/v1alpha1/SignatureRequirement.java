package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many persons of these authorities must have signed. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SignatureRequirement(List<String> authorities, @Nullable Integer signers) {
  public SignatureRequirement {
    authorities = authorities == null ? List.of() : List.copyOf(authorities);
  }
}
