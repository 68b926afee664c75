import { Module } from '@nestjs/common';
import { AUTHENTICATED_VIEWS } from './authentication.views.js';
import { ErrorView } from './errors.view.js';
import { FieldView } from './fields.view.js';
import { PAGED_VIEWSETS } from './pagination.viewsets.js';
import { PERMITTED_VIEWS } from './permissions.views.js';
import { THROTTLED_VIEWS } from './throttling.views.js';

/** Addresses that show one behaviour each: the counterpart of the lab that the cases were recorded from. */
@Module({ controllers: [...AUTHENTICATED_VIEWS, ErrorView, FieldView, ...PAGED_VIEWSETS, ...PERMITTED_VIEWS, ...THROTTLED_VIEWS] })
export class LabModule {}
