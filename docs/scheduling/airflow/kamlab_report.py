"""Make the key-account report of the last month, once a month, with Airflow.

To Airflow's folder of DAGs. Needs the providers papermill and smtp, a mail connection
``smtp_default``, the Variable ``kamlab_project`` (the project's folder), and a kernel
from the project's own environment, whose packages Airflow need not share::

    .venv/bin/python -m ipykernel install --user --name kamlab

Make one report by hand first: it tries everything, and makes the folder ``reports``.
Exit codes other than 0 raise in the notebook, so that the task fails and is mailed.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.providers.smtp.notifications.smtp import SmtpNotifier

PROJECT = "{{ var.value.kamlab_project }}"
WHO_IS_TOLD = "sales-control@example.com"

with DAG(
    dag_id="kamlab_report",
    description="Key-account report of the last month",
    schedule="0 6 3 * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    tags=["key accounts"],
):
    PapermillOperator(
        task_id="report",
        input_nb=PROJECT + "/docs/scheduling/report.ipynb",
        output_nb=PROJECT + "/reports/airflow-{{ ds }}.ipynb",
        parameters={"report": "report.yml", "as_of": "last-month-end"},
        kernel_name="kamlab",
        log_output=True,
        on_failure_callback=SmtpNotifier(
            to=WHO_IS_TOLD,
            from_email=WHO_IS_TOLD,
            subject="Key-account report of {{ ds }}: see the task's log",
            html_content="The notebook's last cell says what is wrong.",
        ),
    )
