package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** A named group of keys. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Authority(String name, List<TrustedKey> keys) {
  public Authority {
    keys = keys == null ? List.of() : List.copyOf(keys);
  }
}
