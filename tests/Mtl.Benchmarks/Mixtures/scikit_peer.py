"""The mixtures benchmark's cases in scikit-learn: reads a request per line, answers with a line. Fits from given starts, so that both sides do the same iterations."""
import json
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_info, threadpool_limits

warnings.simplefilter("ignore")
FORMS = {"Full": "full", "Tied": "tied", "Diagonal": "diag", "Spherical": "spherical"}


class FromStart(GaussianMixture):
    """Begins from unit covariances about given means, without the k-means that scikit-learn would run and throw away."""

    def _initialize_parameters(self, X, random_state):
        d = X.shape[1]
        shapes = {"full": np.tile(np.eye(d), (self.n_components, 1, 1)), "tied": np.eye(d), "diag": np.ones((self.n_components, d)), "spherical": np.ones(self.n_components)}
        self.weights_ = np.full(self.n_components, 1 / self.n_components)
        self.means_ = self.means_init.copy()
        self.precisions_cholesky_ = shapes[self.covariance_type]


def fit(request, x, start):
    k, n = len(start), request["iterations"]
    if request["form"] is None:
        model = KMeans(n_clusters=k, init=start, n_init=1, max_iter=n, tol=0, algorithm="lloyd")
    else:
        model = FromStart(k, covariance_type=FORMS[request["form"]], tol=0, max_iter=n, means_init=start)
    with threadpool_limits(request["threads"]):
        begin = time.perf_counter()
        model.fit(x)
        seconds = time.perf_counter() - begin
        value = model.inertia_ if request["form"] is None else model.score(x)
    return {"seconds": seconds, "value": value, "iterations": int(model.n_iter_)}


blas = next((pool for pool in threadpool_info() if pool["user_api"] == "blas"), {})
print(json.dumps({"sklearn": sklearn.__version__, "blas": f"{blas.get('internal_api')} {blas.get('version')} ({blas.get('architecture')} kernels)"}), flush=True)
data = json.loads(sys.stdin.readline())
points = np.fromfile(data["points"]).reshape(-1, data["columns"])
centres = np.fromfile(data["start"]).reshape(-1, data["columns"])
for line in sys.stdin:
    print(json.dumps(fit(json.loads(line), points, centres)), flush=True)
