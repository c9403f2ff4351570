-- What tenants used, per window and labels. late_day is -infinity for what came before the window was closed; what was
-- settled later has a row of its own for each day on which it came. Read usage_by_window, which adds them up.
CREATE TABLE usage_windows (
    tenant_id          text           NOT NULL,
    granularity        text           NOT NULL,
    window_start       timestamptz    NOT NULL,
    model              text           NOT NULL,
    endpoint           text           NOT NULL,
    agent_id           text           NOT NULL,
    cost_center        text           NOT NULL,
    late_day           date           NOT NULL,
    requests           bigint         NOT NULL,
    admitted           bigint         NOT NULL,
    rejected           bigint         NOT NULL,
    cache_hits         bigint         NOT NULL,
    coalesced          bigint         NOT NULL,
    failed             bigint         NOT NULL,
    input_tokens       bigint         NOT NULL,
    output_tokens      bigint         NOT NULL,
    cache_read_tokens  bigint         NOT NULL,
    cache_write_tokens bigint         NOT NULL,
    cost_usd           numeric(38,12) NOT NULL,
    provider_cost_usd  numeric(38,12) NOT NULL,
    estimated_cost_usd numeric(38,12) NOT NULL,
    version            bigint         NOT NULL,
    mirrored_at        timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, granularity, window_start, model, endpoint, agent_id, cost_center, late_day)
);

CREATE INDEX usage_windows_by_time ON usage_windows (granularity, window_start);

CREATE VIEW usage_by_window AS
SELECT tenant_id, granularity, window_start, model, endpoint, agent_id, cost_center,
       sum(requests)           AS requests,
       sum(admitted)           AS admitted,
       sum(rejected)           AS rejected,
       sum(cache_hits)         AS cache_hits,
       sum(coalesced)          AS coalesced,
       sum(failed)             AS failed,
       sum(input_tokens)       AS input_tokens,
       sum(output_tokens)      AS output_tokens,
       sum(cache_read_tokens)  AS cache_read_tokens,
       sum(cache_write_tokens) AS cache_write_tokens,
       sum(cost_usd)           AS cost_usd,
       sum(provider_cost_usd)  AS provider_cost_usd,
       sum(estimated_cost_usd) AS estimated_cost_usd
FROM usage_windows
GROUP BY tenant_id, granularity, window_start, model, endpoint, agent_id, cost_center;

-- How requests ended; nothing of prompts or answers.
CREATE TABLE results (
    tenant_id          text           NOT NULL,
    request_id         text           NOT NULL,
    status             text           NOT NULL,
    decision           text           NOT NULL,
    reason             text,
    downgraded_to      text,
    policy_version     integer        NOT NULL,
    model              text           NOT NULL,
    endpoint           text           NOT NULL,
    region             text,
    service_tier       text,
    input_tokens       bigint         NOT NULL,
    output_tokens      bigint         NOT NULL,
    cache_read_tokens  bigint         NOT NULL,
    cache_write_tokens bigint         NOT NULL,
    usage_estimated    boolean        NOT NULL,
    cost_usd           numeric(38,12) NOT NULL,
    provider_cost_usd  numeric(38,12) NOT NULL,
    estimated_cost_usd numeric(38,12) NOT NULL,
    price_version      text           NOT NULL,
    unpriced           boolean        NOT NULL,
    stale              boolean        NOT NULL,
    attempt            integer        NOT NULL,
    possible_duplicate boolean        NOT NULL,
    latency_ms         bigint         NOT NULL,
    decided_at         timestamptz    NOT NULL,
    received_at        timestamptz    NOT NULL,
    finished_at        timestamptz    NOT NULL,
    mirrored_at        timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, request_id)
);

CREATE INDEX results_by_time ON results (finished_at);
