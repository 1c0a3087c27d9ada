package org.dropoutspec.certify;

import java.util.Collection;
import org.dropoutspec.contract.Session;
import org.dropoutspec.contract.UnderWay;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Puts a session to the properties of an operation's contracts, through the JUnit Platform, in this thread. */
final class Launch {
    private Launch() {}

    static void of(Session session, String operation, Collection<String> ids) {
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(ids.stream()
                        .map(id -> DiscoverySelectors.selectMethod(
                                LaunchedChapters.of(Judged.check(operation, id), Judged.contract(operation)),
                                Judged.check(operation, id)))
                        .toList())
                .filters(EngineFilter.includeEngines("jqwik"))
                .configurationParameter("jqwik.database", "")
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .configurationParameter("jqwik.reporting.onlyfailures", "true")
                .build();
        UnderWay.during(session, () -> LauncherFactory.create(config).execute(request));
    }
}
