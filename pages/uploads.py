"""Upload files: drop them in, answer what only a person can know, import, read the receipt."""

import streamlit as st

from pages.ui.context import visit
from pages.ui.import_job import draw_job, job_of_address, running_jobs, start_over
from pages.ui.import_review import draw_receipts, draw_reviews
from pages.ui.share_reach import warn_of_live_links
from pages.ui.upload_box import take_files

now = visit()
st.title("Upload files")
job = job_of_address(now.store)
if job is None:
    st.markdown(
        "Drop in the exports you have, all at once: TikTok Studio, Ads Manager, TikTok Shop, Shopify, GA4, "
        "link and affiliate tools, as CSV, Excel, JSON or ZIP. Nothing is stored before you have seen what "
        "will happen."
    )
    take_files(now.store)
    running_jobs(now.store)
    st.stop()

draw_job(now.store, job)
if not job.is_working:
    if not job.has_ended:
        warn_of_live_links(now)
    draw_reviews(now.store, job)
    draw_receipts(now.store, job, campaign=now.campaign.code if now.campaign else "")
    start_over(now.store, job)
