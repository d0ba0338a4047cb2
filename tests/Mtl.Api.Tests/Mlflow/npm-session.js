// A session of the npm client mlflow 2.0.7 against the server named by the first argument. Prints what the client was given, as one JSON object.
const Mlflow = require('mlflow');

const endpoint = process.argv[2];
const { Experiments, Runs, Metrics, Artifacts } = new Mlflow({ endpoint });
const print = text => process.stdout.write(text);
console.log = () => {}; // The client prints every body it sends.

const refused = promise => promise.then(() => 'answered', error => JSON.parse(error.message.replace(/^Error: /, '')));

async function session() {
  const said = {};
  const { experiment_id } = await Experiments.create({ name: 'npm session' });
  said.experiment = (await Experiments.get({ experiment_id })).experiment;
  said.again = await refused(Experiments.create({ name: 'npm session' }));
  await Experiments.update({ experiment_id, new_name: 'npm session, renamed' });
  await Experiments.delete({ experiment_id });
  said.deletedListed = (await Experiments.list({ view_type: 'DELETED_ONLY' })).experiments.some(e => e.experiment_id === experiment_id);
  await Experiments.restore({ experiment_id });
  said.listed = (await Experiments.list()).experiments.find(e => e.experiment_id === experiment_id);

  const runs = [];
  for (let number = 0; number < 3; number++) {
    const { run } = await Runs.create({ experiment_id, user_id: 'grace', start_time: 1700000000000 + number, tags: [{ key: 'number', value: `${number}` }] });
    const run_id = run.info.run_id;
    runs.push(run_id);
    for (let step = 0; step < 5; step++) await Runs.logMetric({ run_id, key: 'loss', value: 1 / (1 + step + number), timestamp: 1700000001000 + step, step });
    await Runs.logParameter({ run_id, key: 'width', value: `${32 * (number + 1)}` });
    await Runs.logBatch({
      run_id,
      metrics: [{ key: 'accuracy', value: 0.5 + number / 10, timestamp: 1700000002000, step: 1 }, { key: 'accuracy', value: 0.6 + number / 10, timestamp: 1700000003000, step: 2 }],
      params: [{ key: 'depth', value: '2' }],
      tags: [{ key: 'team', value: 'a' }, { key: 'passing', value: 'yes' }],
    });
    await Runs.setTag({ run_id, key: 'note', value: 'mine' });
    await Runs.deleteTag({ run_id, key: 'passing' });
    await Runs.update({ run_id, status: 'FINISHED', end_time: 1700000009000 });
  }

  said.run = (await Runs.get({ run_id: runs[1] })).run;
  said.changedParameter = await refused(Runs.logParameter({ run_id: runs[0], key: 'width', value: '7' }));
  said.found = (await Runs.search({ experiment_ids: [experiment_id], filter: "metrics.accuracy >= 0.7 AND params.depth = '2' AND tags.team LIKE 'a%'", order_by: ['metrics.accuracy DESC'] })).runs.map(r => runs.indexOf(r.info.run_id));
  const first = await Runs.search({ experiment_ids: [experiment_id], max_results: 2, order_by: ['attributes.start_time ASC'] });
  const second = await Runs.search({ experiment_ids: [experiment_id], max_results: 2, order_by: ['attributes.start_time ASC'], page_token: first.next_page_token });
  said.pages = [first, second].map(page => page.runs.map(r => runs.indexOf(r.info.run_id)));
  said.lastToken = second.next_page_token ?? null;
  said.history = (await Metrics.getHistory({ run_id: runs[0], metric_key: 'loss' })).metrics;

  const root = said.run.info.artifact_uri.replace('mlflow-artifacts:', '');
  await fetch(`${endpoint}/api/2.0/mlflow-artifacts/artifacts${root}/plots/loss.txt`, { method: 'PUT', body: 'plot' });
  said.artifacts = await Artifacts.list({ run_id: runs[1], path: 'plots' });

  await Runs.delete({ run_id: runs[2] });
  said.deletedStage = (await Runs.get({ run_id: runs[2] })).run.info.lifecycle_stage;
  said.deletedFound = (await Runs.search({ experiment_ids: [experiment_id], run_view_type: 'DELETED_ONLY' })).runs.map(r => runs.indexOf(r.info.run_id));
  await Runs.restore({ run_id: runs[2] });
  said.missing = await refused(Runs.get({ run_id: 'nope' }));
  said.wrongFilter = await refused(Runs.search({ experiment_ids: [experiment_id], filter: 'metrics.loss LIKE 5' }));
  // The client forgets a slash here and asks for /experimentsset-experiment-tag.
  said.wrongAddress = await refused(Experiments.setExperimentTag({ experiment_id, key: 'a', value: 'b' }));
  return said;
}

session().then(said => print(JSON.stringify(said)), error => { process.stderr.write(`${error.stack}\n`); process.exit(1); });
