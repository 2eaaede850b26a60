package io.argos.spi;

import io.argos.schemas.Enrichment;
import java.util.List;

/** The enrichments that an agent holds. Safe for use by any thread; does not block. */
public interface Enrichments {
  /**
   * All parts of one namespace of a resource, in order.
   *
   * @return empty when there is none or not all parts are there yet
   */
  List<Enrichment> find(String resourceId, String namespace);
}
