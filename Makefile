# Each target sets up what it needs: a fresh machine needs Python 3.11+ and make, nothing else.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test page-test promises clients-test opensearch-test lint bench bench-million reliability soak fuzz corpus-demo clean

run: .venv/run
	$(BIN)/indexer build corpus --index index
	@echo 'The sample has one of each oddity, so these problems are meant so: corpus/README.md says which.'
	@echo 'To ask it yourself: . .venv/bin/activate, and then search license --form 8-K'
	$(BIN)/search "orphan drug license" --index index --no-pager

test: lint
	$(BIN)/pytest --numprocesses auto --dist loadfile

# What takes longer: more places, more cases, larger sizes; within twenty minutes.
promises: .venv/dev
	$(BIN)/pytest -m promise --ignore=tests/clients

# Programs written for EDGAR, each in an environment of its own under build/clients, asked at our address.
clients-test: .venv/dev
	$(BIN)/python tests/clients/environments.py build/clients
	$(BIN)/pytest -m promise tests/clients

# The page in Chromium; where there is none and none can be installed, the tests say so and are skipped.
page-test: .venv/browser
	@command -v chromium chromium-browser google-chrome >/dev/null || { apt-get update -q && apt-get install -y -q chromium; } \
	  || echo '*** NO CHROMIUM HERE: the tests of the page in a browser are SKIPPED ***' >&2
	$(BIN)/pytest -m page tests/page

# The engine of clusters on three real nodes: Maven finds their jars, a Java 21 or newer runs them. OPENSEARCH_URL names
# another cluster; where there is neither and neither can be installed, nothing is tested, and that is said.
opensearch-test: .venv/dev
	@[ -n "$$OPENSEARCH_URL" ] || command -v mvn >/dev/null || { apt-get update -q && apt-get install -y -q maven; } || true
	@[ -n "$$OPENSEARCH_URL" ] || $(BIN)/python tests/opensearch/nodes.py --java >/dev/null 2>&1 \
	  || { apt-get update -q && apt-get install -y -q openjdk-21-jdk-headless; } || true
	$(BIN)/python tests/opensearch/nodes.py

# Every fault at every place, and the table of docs/reliability.md.
reliability: .venv/dev
	$(BIN)/python bench/reliability.py

# The same with other random choices, for HOURS.
HOURS ?= 4
soak: .venv/dev
	$(BIN)/python bench/soak.py --hours $(HOURS)

# One of the targets of tests/fuzz/targets.py, with atheris, for SECONDS.
TARGET ?= envelope
SECONDS ?= 600
fuzz: .venv/fuzz
	$(BIN)/python tests/fuzz/run.py $(TARGET) --seconds $(SECONDS)

# Ten real filings from EDGAR, indexed; over the internet. EDGAR_CONTACT='Your Name you@your.org' says who asks.
corpus-demo: .venv/run
	$(BIN)/indexer fetch --form 8-K --filed 2024-06-03 --limit 10 --to build/corpus-demo --build --index build/corpus-demo-index

lint: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/bench
	$(BIN)/python bench/run.py

# Asking a million documents, beside tantivy: some fifteen minutes and 15 GB of disk on one core that nothing else uses.
# It may be stopped: what there is by then is in the report, and texts and indexes that are whole stay for the next time.
bench-million: .venv/bench
	$(BIN)/python bench/asking.py build/million --documents 1000000 --median 500 --rounds 3 \
	  --out bench/runs/$$(date +%F)/million.md

.venv/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/run: pyproject.toml | .venv/bin/pip
	@echo 'Setting up .venv, which takes a minute or two.'
	$(BIN)/pip install --quiet --editable '.[xlsx]'
	touch $@

.venv/dev: pyproject.toml | .venv/bin/pip
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@ .venv/run

.venv/browser: .venv/dev
	$(BIN)/pip install --quiet --editable '.[dev,browser]'
	touch $@

.venv/fuzz: .venv/dev
	$(BIN)/pip install --quiet --editable '.[dev,fuzz]'
	touch $@

.venv/bench: pyproject.toml | .venv/bin/pip
	$(BIN)/pip install --quiet --editable '.[bench]'
	touch $@ .venv/run

clean:
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
