-- CreateTable
CREATE TABLE "auth_group" (
    "id" SERIAL NOT NULL,
    "name" VARCHAR(150) NOT NULL,

    CONSTRAINT "auth_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_permission" (
    "id" SERIAL NOT NULL,
    "codename" VARCHAR(100) NOT NULL,
    "model" VARCHAR(100) NOT NULL,
    "name" VARCHAR(255) NOT NULL,

    CONSTRAINT "auth_permission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_object_permission" (
    "id" SERIAL NOT NULL,
    "permission_id" INTEGER NOT NULL,
    "object_key" VARCHAR(255) NOT NULL,
    "user_id" INTEGER,
    "group_id" INTEGER,

    CONSTRAINT "auth_object_permission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_auth_user_groups" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_auth_user_groups_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_auth_group_permissions" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_auth_group_permissions_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_auth_user_permissions" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_auth_user_permissions_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "auth_group_name_key" ON "auth_group"("name");

-- CreateIndex
CREATE UNIQUE INDEX "auth_permission_codename_key" ON "auth_permission"("codename");

-- CreateIndex
CREATE INDEX "auth_object_permission_permission_id_idx" ON "auth_object_permission"("permission_id");

-- CreateIndex
CREATE INDEX "auth_object_permission_user_id_idx" ON "auth_object_permission"("user_id", "permission_id");

-- CreateIndex
CREATE INDEX "auth_object_permission_group_id_idx" ON "auth_object_permission"("group_id", "permission_id");

-- CreateIndex
CREATE UNIQUE INDEX "auth_object_permission_user_key" ON "auth_object_permission"("object_key", "permission_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "auth_object_permission_group_key" ON "auth_object_permission"("object_key", "permission_id", "group_id");

-- CreateIndex
CREATE INDEX "_auth_user_groups_B_index" ON "_auth_user_groups"("B");

-- CreateIndex
CREATE INDEX "_auth_group_permissions_B_index" ON "_auth_group_permissions"("B");

-- CreateIndex
CREATE INDEX "_auth_user_permissions_B_index" ON "_auth_user_permissions"("B");

-- AddForeignKey
ALTER TABLE "auth_object_permission" ADD CONSTRAINT "auth_object_permission_permission_id_fkey" FOREIGN KEY ("permission_id") REFERENCES "auth_permission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_object_permission" ADD CONSTRAINT "auth_object_permission_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_object_permission" ADD CONSTRAINT "auth_object_permission_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "auth_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_auth_user_groups" ADD CONSTRAINT "_auth_user_groups_A_fkey" FOREIGN KEY ("A") REFERENCES "auth_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_auth_user_groups" ADD CONSTRAINT "_auth_user_groups_B_fkey" FOREIGN KEY ("B") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_auth_group_permissions" ADD CONSTRAINT "_auth_group_permissions_A_fkey" FOREIGN KEY ("A") REFERENCES "auth_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_auth_group_permissions" ADD CONSTRAINT "_auth_group_permissions_B_fkey" FOREIGN KEY ("B") REFERENCES "auth_permission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_auth_user_permissions" ADD CONSTRAINT "_auth_user_permissions_A_fkey" FOREIGN KEY ("A") REFERENCES "auth_permission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_auth_user_permissions" ADD CONSTRAINT "_auth_user_permissions_B_fkey" FOREIGN KEY ("B") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
