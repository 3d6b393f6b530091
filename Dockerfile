# Plumbline in a container: one process, not root, its data in /data.
FROM python:3.13-slim

# Fonts for PDF reports; without an emoji font, emoji in names are left out there.
RUN apt-get update \
 && apt-get install -y --no-install-recommends fonts-dejavu-core fonts-noto-color-emoji \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
ENV PYTHONPATH=/app PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PLUMBLINE_DATA=/data

COPY requirements.txt .
RUN pip install -r requirements.txt

COPY streamlit_app.py ./
COPY .streamlit .streamlit
COPY core core
COPY pages pages
# Compiled beforehand: the first visitor does not wait four seconds for it.
RUN python -m compileall -q core pages streamlit_app.py \
 && useradd --system --uid 10001 --home-dir /data plumbline \
 && mkdir /data && chown plumbline /data

USER plumbline
VOLUME /data
EXPOSE 8501

# Healthy means that the store answers, not only that a port is open.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD \
  ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/healthz', timeout=8)"]

# On a network address it starts only once it knows who asks: see docs/hosting.md.
CMD ["python", "-m", "streamlit", "run", "streamlit_app.py", "--server.address", "0.0.0.0", \
     "--server.port", "8501", "--server.headless", "true", "--server.fileWatcherType", "none"]
