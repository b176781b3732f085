# The app alone; servers are docker-compose.yml's. Built for 64-bit Linux.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --system --uid 10001 --no-create-home earlyhelp
WORKDIR /app

COPY requirements/deploy.txt requirements/
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/deploy.txt

COPY manage.py ./
COPY templates templates
COPY earlyhelp earlyhelp
COPY sharing_agreements sharing_agreements
COPY cases cases
COPY referrals referrals

# Collecting static files reads the settings but uses none of these; they are gone when the command ends.
RUN STATIC_ROOT=/app/static SECRET_KEY=unused IDENTITY_KEY=unused REDIS_URL=redis://unused \
    DATABASE_URL=postgresql://unused/unused python manage.py collectstatic --noinput --verbosity 0
ENV STATIC_ROOT=/app/static

USER earlyhelp
EXPOSE 8000
