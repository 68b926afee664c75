import { Body, Controller, Get, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { pageOf } from '../book-page.js';
import { bookQuery } from '../book-query.js';
import { notFound } from '../refusal.js';
import { BooksService } from './books.service.js';
import { TokenGuard } from './token.guard.js';

@Controller('library/books')
export class BooksController {
  constructor(private readonly books: BooksService) {}

  @Get()
  list(@Req() request: FastifyRequest) {
    const url = new URL(request.originalUrl, `${request.protocol}://${request.host}`);
    return this.books.list(url, bookQuery(url.searchParams), pageOf(url.searchParams));
  }

  @Get(':id')
  retrieve(@Param('id') id: string) {
    if (!/^\d{1,9}$/.test(id)) throw notFound();
    return this.books.retrieve(Number(id));
  }

  @Post()
  @UseGuards(TokenGuard)
  create(@Body() body: unknown) {
    return this.books.create(body);
  }
}
