// A reporter of @web/test-runner that writes, as JSON, what ran.
import { writeFileSync } from 'node:fs';

const testsOf = ({ tests, suites }) => [...tests, ...suites.flatMap(testsOf)];

/** @param {string} file where the counts go */
export const countBrowserTests = (file) => ({
  stop({ sessions }) {
    const count = { passed: 0, failed: 0, skipped: [] };
    for (const session of sessions) {
      const tests = session.testResults ? testsOf(session.testResults) : [];
      const skipped = tests.filter((test) => test.skipped);
      const failed = tests.filter((test) => !test.skipped && !test.passed);
      // A file that does not load, or throws outside of its tests, or has none.
      const broken = (!session.passed || tests.length === 0) && failed.length === 0;
      count.passed += tests.length - skipped.length - failed.length;
      count.failed += failed.length + (broken ? 1 : 0);
      // Mocha keeps no reason: the test's name has to say it.
      count.skipped.push(...skipped.map(({ name }) => ({ name: `${name} (${session.browser.name})`, reason: '' })));
    }
    writeFileSync(file, JSON.stringify(count));
  },
});
