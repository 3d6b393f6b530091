# One server with Plumbline; docs/hosting.md says how to run it. It does not start until sign-in is configured.
FROM python:3.13-slim

# Reports are set by Typst, which brings its own Latin letters; these add other alphabets and pictographs.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-dejavu-core fonts-noto-color-emoji \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --create-home --uid 10001 plumbline \
    && install -d -o plumbline -g plumbline -m 0700 /data

WORKDIR /app

# Requirements first: this layer is made again only when they change. pip compiles what it installs.
COPY requirements.txt ./
RUN pip install --no-cache-dir --compile -r requirements.txt

COPY .streamlit ./.streamlit
COPY core ./core
COPY pages ./pages
COPY streamlit_app.py ./
RUN python -m compileall -q core pages streamlit_app.py

ENV PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    PLUMBLINE_DATA=/data

# The app itself can change only /data, its home and /tmp.
USER plumbline
VOLUME /data
EXPOSE 8501

# Asks by an address that server.allowedHosts must list; a store that does not answer counts as ill.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8501, timeout=8); c.request('GET', '/healthz'); raise SystemExit(int(c.getresponse().status != 200))"]

CMD ["python", "-m", "streamlit", "run", "streamlit_app.py", "--server.address", "0.0.0.0", "--server.port", "8501", "--server.fileWatcherType", "none", "--server.headless", "true"]
