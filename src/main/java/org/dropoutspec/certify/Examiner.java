package org.dropoutspec.certify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dropoutspec.contract.Examination;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.Verdict;
import org.dropoutspec.implementation.ImplementationFault;
import org.dropoutspec.sampling.Conclusion;
import org.dropoutspec.sampling.Counted;
import org.dropoutspec.sampling.Part;
import org.dropoutspec.sampling.Pool;
import org.dropoutspec.spec.Requirement;

/** How a mask site is examined: by asking everything, by asking a part, or by merging the results of parts. */
interface Examiner {
    /** Asks everything. */
    Examiner ASKING = (operation, site, session, asked) -> {
        session.requirePlainCalls();
        Launch.of(session, operation, asked.stream().map(Requirement::id).toList());
        return session.examination();
    };

    /** @throws ImplementationFault when the plainest calls are not answered: then there is nothing to judge */
    Examination examined(String operation, String site, Session session, List<Requirement> asked);

    /** The part that is asked; the whole unless an examiner says otherwise. */
    default Part part() {
        return Part.WHOLE;
    }

    /** Asks a part and keeps its result. The first part also makes every check that is not about many masks. */
    final class OfPart implements Examiner {
        private static final String OTHERS = "the first shard is asked about this";

        private final Part part;
        private final List<Shard.AtSite> sites = new ArrayList<>();

        OfPart(Part part) {
            this.part = part;
        }

        @Override
        public Part part() {
            return part;
        }

        @Override
        public Examination examined(String operation, String site, Session session, List<Requirement> asked) {
            Examination examination;
            try {
                examination =
                        part.isFirst() ? ASKING.examined(operation, site, session, asked) : ofMasks(session, asked);
            } catch (ImplementationFault broken) {
                sites.add(new Shard.AtSite(operation, site, session.examination(), Optional.of(broken.getMessage())));
                throw broken;
            }
            sites.add(new Shard.AtSite(operation, site, examination, Optional.empty()));
            return examination;
        }

        private static Examination ofMasks(Session session, List<Requirement> asked) {
            session.askForMasks();
            Examination examination = session.examination();
            Map<String, Conclusion.Rejected> seen =
                    examination.counted().map(Counted::seen).orElse(Map.of());
            Map<String, Verdict> verdicts = new LinkedHashMap<>();
            for (Requirement requirement : asked) {
                Conclusion.Rejected broken = seen.get(requirement.id());
                verdicts.put(
                        requirement.id(),
                        broken == null
                                ? new Verdict.Inconclusive(OTHERS, Map.of())
                                : new Verdict.Fail(broken.message(), broken.evidence(), broken.calls()));
            }
            return examination.withVerdicts(verdicts);
        }

        Shard shard() {
            return new Shard(part, sites);
        }
    }

    /** Asks nothing, and makes empty counts for each site, to which those of shards can be added. */
    record OfPools(Map<String, Pool> pools) implements Examiner {
        @Override
        public Examination examined(String operation, String site, Session session, List<Requirement> asked) {
            pools.put(operation + " " + site, session.pool());
            return session.examination();
        }
    }

    /**
     * Asks nothing, and merges the results of shards.
     *
     * @param shards of all processes, that of the first process first
     */
    record FromShards(List<Shard> shards) implements Examiner {
        @Override
        public Examination examined(String operation, String site, Session session, List<Requirement> asked) {
            List<Shard.AtSite> parts =
                    shards.stream().map(shard -> shard.of(operation, site)).toList();
            parts.get(0).obstacle().ifPresent(told -> {
                throw new ImplementationFault(told);
            });
            return session.merged(parts.stream().map(Shard.AtSite::examination).toList());
        }
    }
}
