package io.argos.manager.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A fold and all that it is wired to.
 *
 * @param reader name of the topology, as dead letters and headers tell it
 * @param store name of its one store, in memory, with a changelog
 * @param fold makes the fold of a task
 * @param routes its sources, one for each topic
 * @param grace how long after a deadline it fires, for records on their way
 * @param refusals counts what went to dead letters
 */
public record FoldPlan<F extends Fold>(
    String reader,
    String store,
    Supplier<F> fold,
    List<Route<F, ?>> routes,
    Duration grace,
    LongAdder refusals)
    implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
  public FoldPlan {
    routes = List.copyOf(routes);
  }

  @Override
  public Processor<byte[], byte[], byte[], byte[]> get() {
    return new FoldProcessor<>(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    StoreBuilder<KeyValueStore<String, byte[]>> builder =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(store), Serdes.String(), Serdes.ByteArray())
            .withLoggingEnabled(Map.of());
    return Set.of(builder);
  }

  Route<F, ?> route(String topic) {
    for (Route<F, ?> route : routes) {
      if (route.inlet().topic().equals(topic)) {
        return route;
      }
    }
    throw new IllegalStateException(reader + " has no route for topic " + topic);
  }
}
