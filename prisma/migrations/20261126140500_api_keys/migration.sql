-- CreateTable
CREATE TABLE "auth_api_key" (
    "id" SERIAL NOT NULL,
    "prefix" CHAR(8) NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "scopes" TEXT[],
    "user_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "auth_api_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "auth_api_key_prefix_key" ON "auth_api_key"("prefix");

-- CreateIndex
CREATE INDEX "auth_api_key_user_id_idx" ON "auth_api_key"("user_id");

-- AddForeignKey
ALTER TABLE "auth_api_key" ADD CONSTRAINT "auth_api_key_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
